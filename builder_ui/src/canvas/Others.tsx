import Avatar from "@mui/material/Avatar";
import AvatarGroup from "@mui/material/AvatarGroup";
import Button from "@mui/material/Button";
import Tooltip from "@mui/material/Tooltip";
import { useTranslation } from "react-i18next";
import { useStore } from "zustand";
import { useMe } from "../workspace/session";
import { useTime } from "../workspace/times";
import { useGathering } from "./presence";
import type { Saver } from "./saving";

const MOST_SHOWN = 4;

/** Who else has the chatbot open, and, where they have saved meanwhile and nothing waits here, the way to their work. */
export function Others({ saver, id }: { saver: Saver; id: string }) {
  const { t } = useTranslation();
  const time = useTime();
  const me = useMe();
  const { state, revision } = useStore(saver.store);
  const gathering = useGathering(id);
  if (!gathering) return null;
  const isNewer = gathering.revision > revision && state === "saved";
  return (
    <>
      <AvatarGroup max={MOST_SHOWN} slotProps={{ surplus: { sx: { width: 28, height: 28, fontSize: 13 } } }}>
        {gathering.others.map(({ name, is_caller, since }, index) => {
          const words = t(is_caller ? "presence.you" : "presence.other", { name, time: time(since) });
          return (
            <Tooltip key={index} title={words}>
              <Avatar role="img" aria-label={words} sx={{ width: 28, height: 28, fontSize: 13, bgcolor: "primary.main", color: "primary.contrastText" }}>
                {name.slice(0, 1).toUpperCase()}
              </Avatar>
            </Tooltip>
          );
        })}
      </AvatarGroup>
      {isNewer && (
        <Button size="small" variant="outlined" onClick={() => location.reload()}>
          {gathering.saved_by === me.login ? t("presence.newer_own") : t("presence.newer", { name: gathering.saved_by ?? t("presence.somebody") })}
        </Button>
      )}
    </>
  );
}
