import { Below } from "./Below";
import { Counter } from "./Counter";

interface HelperProps {
  text: string | undefined;
  /** How many there are, of how many there may be; and of what, where there are several. */
  counts: [number, number, string?][];
}

/** What is said below a field: what is wrong or what to write, and how much room is left. */
export function Helper({ text, counts }: HelperProps) {
  return (
    <Below
      text={text}
      aside={counts.map(([count, most, what]) => (
        <Counter key={what ?? ""} count={count} most={most} {...(what && { what })} />
      ))}
    />
  );
}
