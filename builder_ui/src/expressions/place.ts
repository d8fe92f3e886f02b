const SHOWN = 24;

/** What stands at a place of an expression, so that people find it; empty where the place is not known, or at the very beginning of all. */
export function textAt(expression: string, position: number | null): string {
  if (position === null || expression.length <= SHOWN) return "";
  // positions count characters, JavaScript's texts count half of some
  const after = [...expression].slice(position).join("");
  return after.length > SHOWN ? `${after.slice(0, SHOWN)}…` : after;
}
