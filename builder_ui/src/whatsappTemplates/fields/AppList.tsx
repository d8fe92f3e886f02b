import Add from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { useEditing } from "../editing";
import type { App } from "../model/components";
import type { Place } from "../model/place";
import { Counter } from "../../limits/Counter";
import { ItemFrame } from "./ItemFrame";
import { Part } from "../../checkedForm/Part";
import { PlaceField } from "./PlaceField";

/** The apps that may take the password. */
export function AppList({ apps, place }: { apps: App[]; place: Place }) {
  const { t } = useTranslation();
  const { limits, set, isLocked } = useEditing();
  const add = () => set(place, [...apps, { package_name: "", signature_hash: "" }]);
  return (
    <Part title={t("whatsapp_templates.apps")} help={t("whatsapp_templates.apps_help")} aside={<Counter count={apps.length} most={limits.apps} />}>
      <Stack component="ol" sx={{ gap: 1.5 }}>
        {apps.map((_, index) => (
          <ItemFrame key={index} name={t("whatsapp_templates.app_of", { number: index + 1 })} items={apps} index={index} change={(next) => set(place, next)}>
            <PlaceField place={[...place, index, "package_name"]} label={t("whatsapp_templates.package_name")} help={t("whatsapp_templates.package_help")} required />
            <PlaceField place={[...place, index, "signature_hash"]} label={t("whatsapp_templates.signature_hash")} help={t("whatsapp_templates.hash_help")} required />
          </ItemFrame>
        ))}
      </Stack>
      {!isLocked && apps.length < limits.apps && (
        <Button startIcon={<Add />} onClick={add} sx={{ alignSelf: "flex-start" }}>
          {t("whatsapp_templates.add_app")}
        </Button>
      )}
    </Part>
  );
}
