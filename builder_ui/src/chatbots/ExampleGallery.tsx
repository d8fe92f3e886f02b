import Card from "@mui/material/Card";
import CardActionArea from "@mui/material/CardActionArea";
import CardContent from "@mui/material/CardContent";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";

interface ExampleGalleryProps {
  examples: readonly Schemas["ExampleView"][];
  /** Null: none, from nothing. */
  chosen: string | null;
  choose: (id: string | null) => void;
}

/** What a new chatbot may begin with. */
export function ExampleGallery({ examples, chosen, choose }: ExampleGalleryProps) {
  const { t } = useTranslation();
  return (
    <Stack role="radiogroup" aria-label={t("chatbots.begin_with")} direction="row" sx={{ gap: 1.5, overflowX: "auto", p: 0.5 }}>
      <Choice name={t("chatbots.blank")} text={t("chatbots.blank_text")} isChosen={chosen === null} choose={() => choose(null)} />
      {examples.map(({ id, name, description }) => (
        <Choice key={id} name={name} text={description} isChosen={chosen === id} choose={() => choose(id)} />
      ))}
    </Stack>
  );
}

interface ChoiceProps {
  name: string;
  text: string;
  isChosen: boolean;
  choose: () => void;
}

function Choice({ name, text, isChosen, choose }: ChoiceProps) {
  return (
    <Card variant="outlined" sx={{ width: 180, flexShrink: 0, borderColor: isChosen ? "primary.main" : "divider", borderWidth: 2 }}>
      <CardActionArea role="radio" aria-checked={isChosen} onClick={choose} sx={{ height: "100%" }}>
        <CardContent sx={{ p: 1.5 }}>
          <Typography variant="h3">{name}</Typography>
          <Typography variant="body2" sx={{ color: "text.secondary", display: "-webkit-box", WebkitLineClamp: 3, WebkitBoxOrient: "vertical", overflow: "hidden" }}>
            {text}
          </Typography>
        </CardContent>
      </CardActionArea>
    </Card>
  );
}
