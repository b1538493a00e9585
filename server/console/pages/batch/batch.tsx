export default function X() {
  return <p>batch</p>;
}
