export default function NewCampaign() {
  return <p>new</p>;
}
