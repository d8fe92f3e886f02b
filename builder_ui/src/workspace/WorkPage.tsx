import Box from "@mui/material/Box";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { type ReactNode, useRef } from "react";
import { useArrivalFocus } from "../router";
import { useDocumentTitle } from "../shell/Page";

interface WorkPageProps {
  title: string;
  /** One sentence: what is here, and what it is for. */
  lead?: string;
  /** Buttons beside the title. */
  actions?: ReactNode;
  /** Parts of what is shown, below a title in one line: both stay where they are from part to part. */
  tabs?: ReactNode;
  /** Whether the content reaches the edges of the page, such as a canvas. */
  isWide?: boolean;
  children: ReactNode;
}

const EDGE = { xs: 2, md: 3 };

/** The content of a page of the workspace, below its title. */
export function WorkPage({ title, lead, actions, tabs, isWide = false, children }: WorkPageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(title);
  useArrivalFocus(heading);
  return (
    <Stack sx={{ flex: 1, minWidth: 0, minHeight: 0 }}>
      <Stack direction="row" sx={tabs ? LOW : HIGH}>
        <Box sx={{ minWidth: 0, flex: tabs ? 1 : "1 1 20rem" }}>
          <Typography variant="h1" ref={heading} tabIndex={-1} noWrap={Boolean(tabs)} sx={{ outline: "none", ...(tabs && { fontSize: { xs: "1.125rem", sm: "1.5rem" } }) }}>
            {title}
          </Typography>
          {lead && <Typography sx={{ color: "text.secondary", mt: 0.5, maxWidth: "44rem", textWrap: "pretty" }}>{lead}</Typography>}
        </Box>
        {actions && (
          <Stack direction="row" sx={{ gap: 1, ...(tabs ? { flex: "none", whiteSpace: "nowrap" } : { flexWrap: "wrap" }) }}>
            {actions}
          </Stack>
        )}
      </Stack>
      {tabs}
      {isWide ? children : <Stack sx={{ gap: 2, px: EDGE, pt: 2, pb: EDGE, flex: 1, minWidth: 0, minHeight: 0 }}>{children}</Stack>}
    </Stack>
  );
}

const HIGH = { gap: 2, px: EDGE, pt: EDGE, flexWrap: "wrap", alignItems: "flex-start", justifyContent: "space-between" };
const LOW = { gap: 2, px: EDGE, pt: { xs: 0.5, sm: 1.5 }, alignItems: "center" };
