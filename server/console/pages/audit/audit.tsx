export default function X() {
  return <p>audit</p>;
}
