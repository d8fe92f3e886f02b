import Box from "@mui/material/Box";
import useMediaQuery from "@mui/material/useMediaQuery";
import { type KeyboardEvent, type PointerEvent, type ReactNode, type Ref, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

const WIDTH = 380;
/** How far the handle has to be pulled to mean it, in pixels. */
const PULLED = 60;

interface SheetProps {
  label: string;
  close: () => void;
  /** How wide it is beside the canvas, in pixels. */
  width?: number;
  /** Whether another one is in its place: it keeps what it shows, and is not seen. */
  isBehind?: boolean;
  /** What stays above what is scrolled. */
  head?: ReactNode;
  /** Whether what is within scrolls by itself. */
  isFilled?: boolean;
  ref?: Ref<HTMLElement>;
  /** Below what is scrolled. */
  foot?: ReactNode;
  children: ReactNode;
}

/** What stands beside the canvas; on a phone it comes up from below, and is pulled larger, smaller, and away. */
export function Sheet({ label, close, width = WIDTH, isBehind = false, head, isFilled = false, ref, foot, children }: SheetProps) {
  const isNarrow = useMediaQuery("(max-width: 599px)");
  const [isLarge, setLarge] = useState(false);
  const escape = (event: KeyboardEvent) => event.key === "Escape" && !event.defaultPrevented && !(event.target as HTMLElement).closest("dialog") && close();
  const beside = { width, flex: "none", borderLeft: 1 };
  const inside = isFilled ? { display: "flex", flexDirection: "column" } : { overflow: "auto", p: 2, ...(isNarrow && { pt: 0 }) };
  const below = { position: "absolute", inset: "auto 0 0 0", height: isLarge ? "100%" : isFilled ? "68%" : "58%", borderTop: 1, borderRadius: "12px 12px 0 0", boxShadow: 8, transition: "height 0.2s" };
  return (
    <Box
      component="aside"
      ref={ref}
      data-sheet
      hidden={isBehind}
      aria-label={label}
      tabIndex={-1}
      onKeyDown={escape}
      sx={{ ...(isNarrow ? below : beside), display: isBehind ? "none" : "flex", flexDirection: "column", zIndex: 5, "&:focus-visible": { outline: "none" }, bgcolor: "background.paper", borderColor: "divider" }}
    >
      {isNarrow && <Grip isLarge={isLarge} setLarge={setLarge} close={close} />}
      {head}
      <Box sx={{ flex: 1, minHeight: 0, ...inside }}>{children}</Box>
      {foot}
    </Box>
  );
}

function Grip({ isLarge, setLarge, close }: { isLarge: boolean; setLarge: (large: boolean) => void; close: () => void }) {
  const { t } = useTranslation();
  const from = useRef(0);
  const end = ({ clientY }: PointerEvent) => {
    const down = clientY - from.current;
    if (down < -PULLED) setLarge(true);
    else if (down > PULLED) isLarge ? setLarge(false) : close();
    else setLarge(!isLarge);
  };
  const begin = (event: PointerEvent) => {
    from.current = event.clientY;
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  return (
    <Box
      component="button"
      type="button"
      aria-label={t(isLarge ? "sheet.shrink" : "sheet.grow")}
      onPointerDown={begin}
      onPointerUp={end}
      onKeyDown={(event: KeyboardEvent) => (event.key === "Enter" || event.key === " ") && setLarge(!isLarge)}
      sx={{ flex: "none", height: 28, border: 0, bgcolor: "transparent", touchAction: "none", display: "grid", placeItems: "center" }}
    >
      <Box component="span" sx={{ width: 40, height: 5, borderRadius: 3, bgcolor: "text.disabled" }} />
    </Box>
  );
}
