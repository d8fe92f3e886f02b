import Button from "@mui/material/Button";
import CircularProgress from "@mui/material/CircularProgress";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { EmptyState } from "./EmptyState";
import { Layout } from "./Layout";
import { NewPasswordPage } from "./account/NewPasswordPage";
import { useSentence } from "./ProblemAlert";
import type { Found } from "./sections";
import { SignedIn, useSession } from "./session";
import { SignInPage } from "./account/SignInPage";

/** Lets in who is signed in; whoever signs in comes to the address that they asked for. */
export function Gate({ path, found }: { path: string; found: Found }) {
  const { t } = useTranslation();
  const session = useSession();
  const sentence = useSentence();
  if (session.isPending) return <Waiting />;
  if (session.data === undefined)
    return (
      <EmptyState title={t("work.not_reached")} text={sentence(session.error)}>
        <Button variant="contained" loading={session.isFetching} onClick={() => void session.refetch()}>
          {t("work.again")}
        </Button>
      </EmptyState>
    );
  if (session.data === null) return <SignInPage />;
  if (session.data.password_needed) return <NewPasswordPage />;
  return (
    <SignedIn value={session.data}>
      <Layout path={path} found={found} />
    </SignedIn>
  );
}

/** A page that is being loaded. */
export function Waiting() {
  const { t } = useTranslation();
  return (
    <Stack role="status" sx={{ alignItems: "center", p: 8 }}>
      <CircularProgress aria-label={t("work.loading")} />
    </Stack>
  );
}
