import createCache from "@emotion/cache";
import { CacheProvider } from "@emotion/react";
import CssBaseline from "@mui/material/CssBaseline";
import { ThemeProvider } from "@mui/material/styles";
import { QueryClientProvider } from "@tanstack/react-query";
import { useMemo } from "react";
import { queries } from "../api/queries";
import { useIsDark } from "../settings/theme";
import { NotFoundPage } from "../shell/NotFoundPage";
import { Gate } from "./Gate";
import { LeaveDialog } from "./LeaveDialog";
import { sectionOf } from "./sections";
import { session } from "./session";
import { nonce } from "./nonce";
import { themeOf } from "./theme";
import { ToastStack } from "./ToastStack";

const cache = createCache({ key: "mui", nonce, prepend: true });

/** Asks who is signed in, and loads what an address needs. */
export async function ready(path: string): Promise<void> {
  void queries.prefetchQuery(session);
  const found = sectionOf(path);
  if (found) await Promise.all([found.section.load(), found.section.ahead?.(found.rest)]);
}

/** The part of the page for people who build: everything behind the sign-in. */
export default function Workspace({ path }: { path: string }) {
  const isDark = useIsDark();
  const theme = useMemo(() => themeOf(isDark ? "dark" : "light"), [isDark]);
  const found = sectionOf(path);
  if (!found) return <NotFoundPage />;
  return (
    <CacheProvider value={cache}>
      <ThemeProvider theme={theme}>
        <CssBaseline />
        <QueryClientProvider client={queries}>
          <Gate path={path} found={found} />
          <LeaveDialog />
          <ToastStack />
        </QueryClientProvider>
      </ThemeProvider>
    </CacheProvider>
  );
}
