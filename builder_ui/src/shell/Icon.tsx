/** The page's few icons, drawn on a 24 × 24 grid. They are decoration: the text beside them or a label says the same. */
const PATHS = {
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  forward: "M9 5l7 7-7 7",
  down: "M5 9l7 7 7-7",
  restart: "M4 12a8 8 0 1 0 2.5-5.8M4 4v4.5h4.5",
  send: "M5 12h13M12 5l7 7-7 7",
  clock: "M12 7v5l3 2M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z",
  tick: "M5 12.5l4.5 4.5L19 7.5",
  ticks: "M2 12.5l4.5 4.5L16 7.5M11 15.5l1.5 1.5L22 7.5",
  warning: "M12 8v5M12 16.5v.5M12 3l10 18H2z",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  place: "M12 21s-7-6.5-7-11.5a7 7 0 0 1 14 0C19 14.5 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  picture: "M4 5h16v14H4zM4 16l5-5 5 5M13 15l3-3 4 4",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  outside: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
  phone: "M6 3h3l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v3a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z",
  mail: "M4 6h16v12H4zM4 7l8 6 8-6",
  calendar: "M5 5h14v15H5zM5 10h14M9 3v4M15 3v4",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} stroke="currentColor" strokeWidth="2" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
