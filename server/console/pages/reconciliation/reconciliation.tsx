export default function X() {
  return <p>reconciliation</p>;
}
