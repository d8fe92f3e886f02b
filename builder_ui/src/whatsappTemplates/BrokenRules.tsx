import Alert from "@mui/material/Alert";
import AlertTitle from "@mui/material/AlertTitle";
import Box from "@mui/material/Box";
import { useTranslation } from "react-i18next";
import type { Place } from "../api/client";
import { useContentRules } from "../problems/useContentRules";
import type { Component } from "./model/components";
import { partsOf } from "./model/naming";

/** Every broken rule and where, so that none is out of sight. */
export function BrokenRules({ broken, components }: { broken: readonly Place[]; components: readonly Component[] }) {
  const { t } = useTranslation();
  const words = useContentRules();
  const nameOf = (pointer: string) => partsOf(pointer, components).map(({ name, number }) => t(`whatsapp_templates.places.${name}`, { number })).join(" · ");
  return (
    <Alert severity="warning">
      <AlertTitle>{t("whatsapp_templates.to_mend")}</AlertTitle>
      <Box component="ul" sx={{ display: "grid", gap: 1 }}>
        {broken.map((rule, index) => (
          <li key={index}>
            <strong>{nameOf(rule.pointer)}</strong> {words(rule)}
          </li>
        ))}
      </Box>
    </Alert>
  );
}
