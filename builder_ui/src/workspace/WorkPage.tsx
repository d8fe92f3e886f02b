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
  /** Whether the content reaches the edges of the page, such as a canvas. */
  isWide?: boolean;
  children: ReactNode;
}

/** The content of a page of the workspace, below its title. */
export function WorkPage({ title, lead, actions, isWide = false, children }: WorkPageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(title);
  useArrivalFocus(heading);
  return (
    <Stack sx={{ gap: isWide ? 0 : 2, p: isWide ? 0 : { xs: 2, md: 3 }, flex: 1, minWidth: 0, minHeight: 0 }}>
      <Stack direction="row" sx={{ gap: 2, flexWrap: "wrap", alignItems: "flex-start", justifyContent: "space-between", ...(isWide && { px: { xs: 1, sm: 2 }, pt: { xs: 0.5, sm: 1.5 }, flexWrap: { xs: "nowrap", sm: "wrap" }, alignItems: "center" }) }}>
        <Box sx={{ minWidth: 0 }}>
          <Typography variant="h1" ref={heading} tabIndex={-1} noWrap={isWide} sx={{ outline: "none", ...(isWide && { fontSize: { xs: "1.125rem", sm: "1.5rem" } }) }}>
            {title}
          </Typography>
          {lead && <Typography sx={{ color: "text.secondary", mt: 0.5, maxWidth: "44rem" }}>{lead}</Typography>}
        </Box>
        <Stack direction="row" sx={{ gap: 1, flexWrap: isWide ? { xs: "nowrap", sm: "wrap" } : "wrap" }}>
          {actions}
        </Stack>
      </Stack>
      {children}
    </Stack>
  );
}
