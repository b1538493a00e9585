/** One figure of ours beside WeChat's, and what lies between. */
export function ComparedRow({
  name,
  ours,
  theirs,
  as,
}: {
  name: string;
  ours: number;
  theirs: number;
  as: (value: number) => string;
}) {
  const off = theirs - ours;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{as(ours)}</td>
      <td>{as(theirs)}</td>
      <td className={off === 0 ? 'good' : 'bad'}>{as(off)}</td>
    </tr>
  );
}
