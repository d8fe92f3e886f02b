import Add from "@mui/icons-material/Add";
import Button from "@mui/material/Button";
import Menu from "@mui/material/Menu";
import MenuItem from "@mui/material/MenuItem";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEditing } from "../editing";
import { type Button as TemplateButton, type Component, indexOf, partOf, withoutPart, withPart } from "../model/components";
import { newButton } from "../model/kinds";
import type { Place } from "../model/place";
import { ButtonFields } from "./ButtonFields";
import { ItemFrame } from "./ItemFrame";

interface ButtonListProps {
  components: Component[];
  place: Place;
  types: readonly string[];
}

/** The buttons of a message or of a card. No button: no component for them. */
export function ButtonList({ components, place, types }: ButtonListProps) {
  const { t } = useTranslation();
  const { set, isLocked, problemAt } = useEditing();
  const at: Place = [...place, indexOf(components, "BUTTONS"), "buttons"];
  const buttons = partOf(components, "BUTTONS")?.buttons ?? [];
  const change = (next: TemplateButton[]) =>
    set(place, next.length > 0 ? withPart(components, { type: "BUTTONS", buttons: next }) : withoutPart(components, "BUTTONS"));
  const problem = problemAt(at);
  return (
    <>
      {buttons.length > 0 && (
        <Stack component="ol" sx={{ gap: 1.5 }}>
          {buttons.map((button, index) => (
            <ItemFrame key={index} name={t("whatsapp_templates.button_of", { number: index + 1, type: nameOf(button.type) })} items={buttons} index={index} change={change}>
              <ButtonFields button={button} place={[...at, index]} />
              <Problem text={problemAt([...at, index, "type"])} />
            </ItemFrame>
          ))}
        </Stack>
      )}
      <Problem text={problem} />
      {!isLocked && <AddButton types={types} add={(type) => change([...buttons, newButton(type)])} />}
    </>
  );

  function nameOf(type: string): string {
    return t(`whatsapp_templates.button_types.${type}` as "whatsapp_templates.button_types.URL", { defaultValue: type });
  }
}

function Problem({ text }: { text: string | undefined }) {
  return text ? <Typography sx={{ color: "error.main", typography: "body2" }}>{text}</Typography> : null;
}

function AddButton({ types, add }: { types: readonly string[]; add: (type: string) => void }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const choose = (type: string) => {
    setOpen(false);
    add(type);
  };
  return (
    <>
      <Button ref={opener} startIcon={<Add />} aria-haspopup="menu" aria-expanded={isOpen} onClick={() => setOpen(true)} sx={{ alignSelf: "flex-start" }}>
        {t("whatsapp_templates.add_button")}
      </Button>
      <Menu open={isOpen} anchorEl={() => opener.current!} onClose={() => setOpen(false)}>
        {types.map((type) => (
          <MenuItem key={type} onClick={() => choose(type)}>
            {t(`whatsapp_templates.button_types.${type}` as "whatsapp_templates.button_types.URL")}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
