import NavigateBefore from "@mui/icons-material/NavigateBefore";
import NavigateNext from "@mui/icons-material/NavigateNext";
import Box from "@mui/material/Box";
import IconButton from "@mui/material/IconButton";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemButton from "@mui/material/ListItemButton";
import ListItemText from "@mui/material/ListItemText";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { en } from "../i18n/en";
import { useTime } from "../workspace/times";
import { textOf, type Turn } from "./threads";

interface TurnListProps {
  turns: readonly Turn[];
  chosen: number;
  choose: (number: number) => void;
}

/** The turns in their order, with ways to go from one to the next. */
export function TurnList({ turns, chosen, choose }: TurnListProps) {
  const { t } = useTranslation();
  const place = turns.findIndex(({ number }) => number === chosen);
  const go = (to: number) => choose(turns[to]!.number);
  return (
    <div>
      <Stack direction="row" sx={{ alignItems: "center" }}>
        <Typography variant="h2" sx={{ flex: 1, fontSize: "1.1rem" }}>
          {t("inspector.turns")}
        </Typography>
        <IconButton aria-label={t("inspector.before")} disabled={place <= 0} onClick={() => go(place - 1)}>
          <NavigateBefore />
        </IconButton>
        <IconButton aria-label={t("inspector.next")} disabled={place >= turns.length - 1} onClick={() => go(place + 1)}>
          <NavigateNext />
        </IconButton>
      </Stack>
      <Box sx={{ maxHeight: "65vh", overflow: "auto" }}>
        <List disablePadding aria-label={t("inspector.turns")}>
          {turns.map((turn) => (
            <OneTurn key={turn.number} turn={turn} isChosen={turn.number === chosen} choose={() => choose(turn.number)} />
          ))}
        </List>
      </Box>
    </div>
  );
}

function OneTurn({ turn, isChosen, choose }: { turn: Turn; isChosen: boolean; choose: () => void }) {
  const { t } = useTranslation();
  const time = useTime();
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) item.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  const kind = Object.hasOwn(en.turn_events, turn.event) ? t(`turn_events.${turn.event as keyof typeof en.turn_events}`) : turn.event;
  const text = textOf(turn);
  return (
    <ListItem disablePadding ref={item}>
      <ListItemButton selected={isChosen} aria-current={isChosen || undefined} onClick={choose}>
        <ListItemText primary={text ? t("inspector.quoted", { text }) : kind} secondary={text ? `${kind} · ${time(turn.at)}` : time(turn.at)} sx={{ overflowWrap: "anywhere" }} />
      </ListItemButton>
    </ListItem>
  );
}
