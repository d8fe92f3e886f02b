import Add from "@mui/icons-material/Add";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Outlet } from "../scenario/model";
import { useGrow } from "./growing";
import styles from "./NodeCard.module.css";
import type { Kind } from "./palette";

const KINDS: readonly Kind[] = ["action", "condition"];

/** The "+" at an outlet that leads nowhere: what comes next. */
export function GrowButton({ node, handle }: Outlet) {
  const { t } = useTranslation();
  const grow = useGrow();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (!grow) return null;
  const choose = (kind: Kind) => {
    setAnchor(null);
    grow(node, kind, handle);
  };
  return (
    <>
      <button type="button" className={`${styles.grow} nodrag nopan`} aria-label={t("canvas.add_next")} onClick={(event) => {
          event.stopPropagation(); // to the node, which would open
          setAnchor(event.currentTarget);
        }}
        onKeyDown={(event) => event.stopPropagation()}
      >
        <Add />
      </button>
      {anchor && (
        <Menu anchorEl={anchor} open onClose={() => setAnchor(null)} onClick={(event) => event.stopPropagation()}>
          {KINDS.map((kind) => (
            <MenuItem key={kind} onClick={() => choose(kind)}>
              {t(`canvas.add_${kind}`)}
            </MenuItem>
          ))}
        </Menu>
      )}
    </>
  );
}
