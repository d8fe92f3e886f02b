import Chip from "@mui/material/Chip";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useId } from "react";
import { useTranslation } from "react-i18next";

/** What a message made of the template has to fill, and how that is done. */
export function Params({ names, help }: { names: readonly string[]; help: string }) {
  const { t } = useTranslation();
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <Typography id={heading} variant="h2">
        {t("content_templates.params")}
      </Typography>
      <Typography sx={{ color: "text.secondary", typography: "body2", my: 1 }}>{help}</Typography>
      <Stack component="ul" direction="row" sx={{ gap: 1, flexWrap: "wrap", listStyle: "none", p: 0, m: 0 }}>
        {names.map((name) => (
          <Chip key={name} component="li" size="small" label={name} />
        ))}
      </Stack>
    </section>
  );
}
