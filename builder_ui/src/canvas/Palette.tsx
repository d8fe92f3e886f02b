import CallSplit from "@mui/icons-material/CallSplit";
import ChatBubble from "@mui/icons-material/ChatBubbleOutlined";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { drag, type Kind } from "./palette";

const KINDS = { action: ChatBubble, condition: CallSplit } as const;

/** What can be put onto the canvas: dragged there, or pressed, which puts it after the chosen node. */
export function Palette({ add }: { add: (kind: Kind) => void }) {
  const { t } = useTranslation();
  return (
    <Stack direction="row" role="group" aria-label={t("canvas.palette")} sx={{ gap: { xs: 0.5, sm: 1 }, mr: 0.5 }}>
      {(Object.keys(KINDS) as Kind[]).map((kind) => {
        const Icon = KINDS[kind];
        return (
          <Button key={kind} size="small" variant="outlined" startIcon={<Icon />} aria-label={t(`canvas.add_${kind}`)} draggable onDragStart={(event) => drag(event, kind)} onClick={() => add(kind)} sx={{ cursor: "grab", minWidth: 0, "& .MuiButton-startIcon": { ml: { xs: 0, sm: -0.25 }, mr: { xs: 0, sm: 0.75 } } }}>
            <Box component="span" sx={{ display: { xs: "none", sm: "inline" } }}>
              {t(`panel.${kind}`)}
            </Box>
          </Button>
        );
      })}
    </Stack>
  );
}
