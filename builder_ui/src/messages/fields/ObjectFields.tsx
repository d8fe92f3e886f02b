import Button from "@mui/material/Button";
import ExpandMore from "@mui/icons-material/ExpandMore";
import Stack from "@mui/material/Stack";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldsOf, type FieldKind } from "../kinds";
import { type Content, withField } from "../values";
import { FaultText } from "./FaultText";
import { FieldInput } from "./FieldInput";
import { OWN_FORMS } from "./ownForms";

export interface ObjectFieldsProps {
  name: string;
  value: Content;
  change: (value: Content) => void;
}

/** Fields that few messages need: they wait behind a button until one of them is used. */
const RARE = new Set(["postback", "WhatsAppRow.description", "thumbnail", "fallback_url", "image_size", "card_width", "label", "alt", "align"]);

const isRare = (name: string, field: string) => RARE.has(field) || RARE.has(`${name}.${field}`);

/** Fields that have a say only where another one says so. */
const DEPENDENT: Record<string, (value: Content) => boolean> = {
  "RcsCard.image_side": ({ layout }) => layout === "horizontal",
};

/** The fields of an object of content, each with what is wrong with it. */
export function ObjectFields({ name, value, change }: ObjectFieldsProps) {
  const Own = OWN_FORMS[name];
  return (
    <Stack sx={{ gap: 2 }}>
      {Own ? <Own name={name} value={value} change={change} /> : <Fields name={name} value={value} change={change} />}
      <FaultText field="" />
      <FaultText field="id" />
    </Stack>
  );
}

export function Fields({ name, value, change, without = [] }: ObjectFieldsProps & { without?: readonly string[] }) {
  const { t } = useTranslation();
  const shown = fieldsOf(name).filter(([field, kind]) => kind.kind !== "key" && !without.includes(field) && (DEPENDENT[`${name}.${field}`]?.(value) ?? true));
  const rare = shown.filter(([field]) => isRare(name, field));
  const isUsed = rare.some(([field]) => field in value);
  const [isOpen, setOpen] = useState(false);
  const inputOf = ([field, kind]: [string, FieldKind]) => (
    <FieldInput key={field} owner={name} field={field} kind={kind} value={value[field]} change={(next) => change(withField(value, field, next))} />
  );
  return (
    <>
      {shown.filter(([field]) => !isRare(name, field)).map(inputOf)}
      {(isOpen || isUsed) && rare.map(inputOf)}
      {rare.length > 0 && !isUsed && !isOpen && (
        <Button size="small" startIcon={<ExpandMore />} onClick={() => setOpen(true)} sx={{ alignSelf: "flex-start" }}>
          {t("messages.more")}
        </Button>
      )}
    </>
  );
}
