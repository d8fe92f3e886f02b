import ArrowDownward from "@mui/icons-material/ArrowDownward";
import ArrowUpward from "@mui/icons-material/ArrowUpward";
import Delete from "@mui/icons-material/Delete";
import DragIndicator from "@mui/icons-material/DragIndicator";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type MouseEvent, type ReactNode, useId, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { dragItem } from "./dragging";
import { moved, placed } from "./moved";
import { followItem, leaveItem } from "./following";

const ITEM = {
  border: 1,
  borderColor: "divider",
  borderRadius: 1,
  p: 1.5,
  bgcolor: "background.paper",
  "&[data-dragged]": { position: "relative", zIndex: 1, boxShadow: 6, opacity: 0.9 },
};

interface MovableItemProps<Item> {
  name: string;
  items: readonly Item[];
  index: number;
  change: (items: Item[]) => void;
  isLocked?: boolean;
  /** Shown instead of the name. */
  heading?: ReactNode;
  children: ReactNode;
}

/** One of a list that can be moved up, down and away, by buttons or by its handle: a button, or a card. */
export function MovableItem<Item>({ name, items, index, change, isLocked = false, heading, children }: MovableItemProps<Item>) {
  const { t } = useTranslation();
  const nameId = useId();
  // as they are when the item is let go: much can happen while it is dragged
  const now = useRef({ items, index, change });
  useLayoutEffect(() => {
    now.current = { items, index, change };
  });
  const drop = (to: number) => now.current.change(placed(now.current.items, now.current.index, to));
  const step = (by: 1 | -1) => (event: MouseEvent<HTMLElement>) => {
    followItem(event.currentTarget, by);
    change(moved(items, index, by));
  };
  const remove = (event: MouseEvent<HTMLElement>) => {
    leaveItem(event.currentTarget);
    change(items.toSpliced(index, 1));
  };
  return (
    <Box component="li" aria-labelledby={nameId} sx={ITEM}>
      <Stack direction="row" sx={{ alignItems: "center" }}>
        {!isLocked && items.length > 1 && (
          // for mouse and touch: the arrows are for keys
          <IconButton size="small" aria-hidden tabIndex={-1} disableRipple title={t("items.drag")} onPointerDown={(event) => dragItem(event, drop)} sx={{ ml: -1, cursor: "grab", touchAction: "none" }}>
            <DragIndicator fontSize="small" />
          </IconButton>
        )}
        <Typography id={nameId} variant="h3" className={heading ? "visually-hidden" : ""} sx={{ flex: 1 }}>
          {name}
        </Typography>
        {heading && <Box sx={{ flex: 1, mr: 1 }}>{heading}</Box>}
        {!isLocked && (
          <>
            <IconButton size="small" aria-label={t("items.up", { name })} data-step="-1" disabled={index === 0} onClick={step(-1)}>
              <ArrowUpward fontSize="small" />
            </IconButton>
            <IconButton size="small" aria-label={t("items.down", { name })} data-step="1" disabled={index === items.length - 1} onClick={step(1)}>
              <ArrowDownward fontSize="small" />
            </IconButton>
            <IconButton size="small" aria-label={t("items.remove", { name })} onClick={remove}>
              <Delete fontSize="small" />
            </IconButton>
          </>
        )}
      </Stack>
      <Stack sx={{ gap: 1.5, mt: 1.5, "&:empty, &:has(> :empty:only-child)": { display: "none" } }}>{children}</Stack>
    </Box>
  );
}
