export default function X() {
  return <p>settlement</p>;
}
