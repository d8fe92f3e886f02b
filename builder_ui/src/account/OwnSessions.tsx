import Button from "@mui/material/Button";
import Chip from "@mui/material/Chip";
import List from "@mui/material/List";
import ListItem from "@mui/material/ListItem";
import ListItemText from "@mui/material/ListItemText";
import Stack from "@mui/material/Stack";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { One } from "../workspace/One";
import { useSentence } from "../workspace/ProblemAlert";
import { signOut } from "../workspace/session";
import { useTime } from "../workspace/times";
import { tell } from "../workspace/toasts";
import { browserOf } from "./browsers";
import { endSession, type OwnSession, useOwnSessions } from "./ownAccount";

/** Where one is signed in; each can be ended. */
export function OwnSessions() {
  const { t } = useTranslation();
  return (
    <One found={useOwnSessions()}>
      {(sessions) => (
        <List aria-label={t("account.sessions")} disablePadding sx={{ maxWidth: "36rem" }}>
          {sessions.map((session) => (
            <Session key={session.id} session={session} />
          ))}
        </List>
      )}
    </One>
  );
}

function Session({ session }: { session: OwnSession }) {
  const { t } = useTranslation();
  const time = useTime();
  const sentence = useSentence();
  const browser = browserOf(session.browser) || t("account.unknown_browser");
  const ending = useMutation({
    mutationFn: () => (session.current ? signOut() : endSession(session.id)),
    onSuccess: () => session.current || tell("success", t("account.session_ended", { browser })),
    onError: (error) => tell("error", sentence(error)),
  });
  return (
    <ListItem disableGutters divider sx={{ gap: 2, flexWrap: "wrap" }}>
      <ListItemText
        primary={
          <Stack component="span" direction="row" title={session.browser} sx={{ gap: 1, flexWrap: "wrap" }}>
            {browser}
            {session.current && <Chip component="span" size="small" color="primary" variant="outlined" label={t("account.this_browser")} />}
          </Stack>
        }
        secondary={t("account.session_used", { address: session.address, when: time(session.used_at), begun: time(session.created_at) })}
      />
      <Button
        loading={ending.isPending}
        onClick={() => ending.mutate()}
        aria-label={session.current ? undefined : t("account.end_named", { browser, address: session.address })}
      >
        {t(session.current ? "account.sign_out" : "account.end")}
      </Button>
    </ListItem>
  );
}
