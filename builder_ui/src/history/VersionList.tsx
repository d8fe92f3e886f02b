import Button from "@mui/material/Button";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemButton from "@mui/material/ListItemButton";
import ListItemText from "@mui/material/ListItemText";
import Stack from "@mui/material/Stack";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Draft } from "../chatbots/chatbots";
import { ConfirmDialog } from "../workspace/ConfirmDialog";
import { useMay } from "../workspace/session";
import { useTime } from "../workspace/times";
import { tell } from "../workspace/toasts";
import { RollBackDialog } from "./RollBackDialog";
import { RunningMark } from "./RunningMark";
import { fileAddressOf, type Pair, restore, type Version, type Which } from "./versions";

interface VersionListProps {
  draft: Draft;
  versions: readonly Version[];
  shown: Which;
  show: (pair: Pair) => void;
}

/** The draft, and every version with what can be done with it. Pressing one shows what it changed. */
export function VersionList({ draft, versions, shown, show }: VersionListProps) {
  const { t } = useTranslation();
  const [asked, ask] = useState<{ deed: "roll_back" | "restore"; number: number } | null>(null);
  const close = () => ask(null);
  const restored = async (number: number) => {
    await restore(draft.id, number, draft.revision);
    tell("success", t("history.restored", { number }));
  };
  return (
    <>
      <List disablePadding aria-label={t("history.list")}>
        <ListItem disablePadding>
          <ListItemButton selected={shown === null} onClick={() => show({ before: versions[0]?.number ?? null, after: null })}>
            <ListItemText primary={t("history.draft")} secondary={t("history.draft_text")} />
          </ListItemButton>
        </ListItem>
        {versions.map((version, index) => (
          <OneVersion
            key={version.number}
            id={draft.id}
            version={version}
            isNewest={index === 0}
            isShown={shown === version.number}
            show={() => show({ before: versions[index + 1]?.number ?? version.number, after: version.number })}
            ask={(deed) => ask({ deed, number: version.number })}
          />
        ))}
      </List>
      {asked?.deed === "roll_back" && <RollBackDialog id={draft.id} number={asked.number} close={close} />}
      {asked?.deed === "restore" && (
        <ConfirmDialog title={t("history.restore_title", { number: asked.number })} text={t("history.restore_text", { number: asked.number })} verb={t("history.restore")} run={() => restored(asked.number)} close={close} />
      )}
    </>
  );
}

interface OneVersionProps {
  id: string;
  version: Version;
  isNewest: boolean;
  isShown: boolean;
  show: () => void;
  ask: (deed: "roll_back" | "restore") => void;
}

function OneVersion({ id, version: { number, note, created_at, created_by }, isNewest, isShown, show, ask }: OneVersionProps) {
  const { t } = useTranslation();
  const time = useTime();
  const mayEdit = useMay("chatbots.edit");
  const mayPublish = useMay("chatbots.publish");
  const when = created_by ? t("history.by", { time: time(created_at), who: created_by }) : time(created_at);
  return (
    <ListItem disablePadding sx={{ flexDirection: "column", alignItems: "stretch", borderTop: 1, borderColor: "divider" }}>
      <ListItemButton selected={isShown} onClick={show}>
        <ListItemText
          primary={t("history.version", { number })}
          secondary={
            <>
              {[note, when].filter(Boolean).join(" · ")}
              <RunningMark id={id} number={number} isNewest={isNewest} />
            </>
          }
          sx={{ overflowWrap: "anywhere" }}
        />
      </ListItemButton>
      {isShown && (
        <Stack direction="row" sx={{ gap: 1, px: 1.5, pb: 1, flexWrap: "wrap" }}>
          {mayPublish && (
            <Button size="small" onClick={() => ask("roll_back")}>
              {t("history.roll_back")}
            </Button>
          )}
          {mayEdit && (
            <Button size="small" onClick={() => ask("restore")}>
              {t("history.restore")}
            </Button>
          )}
          <Button size="small" component="a" href={fileAddressOf(id, number)} aria-label={t("history.export_one", { number })}>
            {t("history.export")}
          </Button>
        </Stack>
      )}
    </ListItem>
  );
}
