/** A dash for a value that is empty, read out as "empty". */
export function EmptyValue() {
  return (
    <span className="mut">
      <span aria-hidden="true">–</span>
      <span className="vh">empty</span>
    </span>
  );
}
