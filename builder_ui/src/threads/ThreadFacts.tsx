import Chip from "@mui/material/Chip";
import Link from "@mui/material/Link";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { isTimer } from "../trying/timers";
import { LinkTo } from "../workspace/LinkTo";
import { pathTo } from "../workspace/sections";
import { useTime } from "../workspace/times";
import { reasonWords } from "./reasons";
import { isLive, type Thread } from "./threads";

/** How a thread is now. */
export function ThreadFacts({ thread }: { thread: Thread }) {
  const { t } = useTranslation();
  const time = useTime();
  const where = thread.node_label || thread.node;
  return (
    <Stack component="dl" direction="row" sx={{ gap: 3, rowGap: 1, flexWrap: "wrap", m: 0 }}>
      <Fact name={t("inspector.status")}>
        <Chip size="small" color={isLive(thread) ? "primary" : "default"} label={[t(`thread_status.${thread.status}`), reasonWords(thread.reason, t)].filter(Boolean).join(" · ")} />
      </Fact>
      <Fact name={t("inspector.chatbot")}>
        <Link component={LinkTo} href={pathTo("chatbots", thread.chatbot, "live")}>
          {thread.chatbot} {t("chatbots.version", { number: thread.version })}
        </Link>
      </Fact>
      {where && <Fact name={t("inspector.at")}>{where}</Fact>}
      {thread.waiting_since && <Fact name={t("inspector.waiting_since")}>{time(thread.waiting_since)}</Fact>}
      <Fact name={t("answers.to")}>{thread.to}</Fact>
      <Fact name={t("inspector.sender")}>{thread.sender}</Fact>
      <Fact name={t("inspector.started")}>{time(thread.created_at)}</Fact>
      <Fact name={t("inspector.updated")}>{time(thread.updated_at)}</Fact>
      {thread.timers.map(({ name, due_at }) => due_at && <Fact key={name} name={t("inspector.timer", { name: isTimer(name) ? t(`trying.timer_${name}`) : name })}>{time(due_at)}</Fact>)}
    </Stack>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <div>
    <Typography component="dt" variant="body2" sx={{ color: "text.secondary" }}>
      {name}
    </Typography>
    <Typography component="dd" sx={{ m: 0, overflowWrap: "anywhere" }}>
      {children}
    </Typography>
  </div>
);
