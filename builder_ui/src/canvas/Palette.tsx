import CallSplit from "@mui/icons-material/CallSplit";
import ChatBubble from "@mui/icons-material/ChatBubbleOutlined";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { drag, type Kind } from "./palette";

const KINDS = { action: ChatBubble, condition: CallSplit } as const;

/** What can be put onto the canvas: dragged there, or pressed, which puts it after the chosen node. */
export function Palette({ add }: { add: (kind: Kind) => void }) {
  const { t } = useTranslation();
  return (
    <Stack direction="row" role="group" aria-label={t("canvas.palette")} sx={{ gap: 1 }}>
      {(Object.keys(KINDS) as Kind[]).map((kind) => {
        const Icon = KINDS[kind];
        return (
          <Button key={kind} size="small" variant="outlined" startIcon={<Icon />} draggable onDragStart={(event) => drag(event, kind)} onClick={() => add(kind)} sx={{ cursor: "grab" }}>
            {t(`canvas.add_${kind}`)}
          </Button>
        );
      })}
    </Stack>
  );
}
