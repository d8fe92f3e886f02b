import styles from "./Avatar.module.css";

const HUES = 12;

/** A chatbot's initial on a colour of its own, always the same for the same name. */
export function Avatar({ name, small = false }: { name: string; small?: boolean }) {
  const sum = [...name].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  const hue = ((sum % HUES) * 360) / HUES;
  const initial = [...name.trim()][0]?.toUpperCase() ?? "·";
  return (
    <span className={styles.avatar} data-small={small || undefined} style={{ "--hue": hue }} aria-hidden="true">
      {initial}
    </span>
  );
}
