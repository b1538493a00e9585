export default function X() {
  return <p>onsite</p>;
}
