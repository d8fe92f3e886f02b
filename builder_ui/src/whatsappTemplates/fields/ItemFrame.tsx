import ArrowDownward from "@mui/icons-material/ArrowDownward";
import ArrowUpward from "@mui/icons-material/ArrowUpward";
import Delete from "@mui/icons-material/Delete";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type MouseEvent, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { useEditing } from "../editing";
import { moved } from "../model/place";
import { followItem, leaveItem } from "./following";

interface ItemFrameProps<Item> {
  name: string;
  items: Item[];
  index: number;
  change: (items: Item[]) => void;
  children: ReactNode;
}

/** One of a list that can be moved up, down and away: a button, or a card. */
export function ItemFrame<Item>({ name, items, index, change, children }: ItemFrameProps<Item>) {
  const { t } = useTranslation();
  const { isLocked } = useEditing();
  const heading = useId();
  const step = (by: 1 | -1) => (event: MouseEvent<HTMLElement>) => {
    followItem(event.currentTarget, by);
    change(moved(items, index, by));
  };
  const remove = (event: MouseEvent<HTMLElement>) => {
    leaveItem(event.currentTarget);
    change(items.toSpliced(index, 1));
  };
  return (
    <Box component="li" aria-labelledby={heading} sx={{ border: 1, borderColor: "divider", borderRadius: 1, p: 1.5 }}>
      <Stack direction="row" sx={{ alignItems: "center", mb: 1.5 }}>
        <Typography id={heading} variant="h3" sx={{ flex: 1 }}>
          {name}
        </Typography>
        {!isLocked && (
          <>
            <IconButton size="small" aria-label={t("whatsapp_templates.up", { name })} data-step="-1" disabled={index === 0} onClick={step(-1)}>
              <ArrowUpward fontSize="small" />
            </IconButton>
            <IconButton size="small" aria-label={t("whatsapp_templates.down", { name })} data-step="1" disabled={index === items.length - 1} onClick={step(1)}>
              <ArrowDownward fontSize="small" />
            </IconButton>
            <IconButton size="small" aria-label={t("whatsapp_templates.remove", { name })} onClick={remove}>
              <Delete fontSize="small" />
            </IconButton>
          </>
        )}
      </Stack>
      <Stack sx={{ gap: 1.5 }}>{children}</Stack>
    </Box>
  );
}
