import Add from "@mui/icons-material/Add";
import Delete from "@mui/icons-material/Delete";
import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import FormHelperText from "@mui/material/FormHelperText";
import IconButton from "@mui/material/IconButton";
import Stack from "@mui/material/Stack";
import Tooltip from "@mui/material/Tooltip";
import { useRef } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";
import type { Contact, ContactKind } from "../draft";
import { useEditing } from "../editing";
import { CountedField } from "./CountedField";

const TYPES: Record<ContactKind, string> = { phones: "tel", websites: "url", emails: "email" };

/** Numbers, websites or addresses of e-mail, each with the text of its button. */
export function ContactList({ kind, contacts }: { kind: ContactKind; contacts: readonly Contact[] }) {
  const { t } = useTranslation();
  const { limits, set, isLocked, problemAt } = useEditing();
  const adding = useRef<HTMLButtonElement>(null);
  const pointer = `/details/${kind}`;
  const change = (next: readonly Contact[]) => set({ [kind]: next });
  const write = (index: number, values: Partial<Contact>) => change(contacts.map((contact, at) => (at === index ? { ...contact, ...values } : contact)));
  const add = () => {
    flushSync(() => change([...contacts, { value: "", label: "" }]));
    document.getElementById(`${pointer}/${contacts.length}/value`)?.focus();
  };
  const remove = (index: number) => {
    flushSync(() => change(contacts.filter((_, at) => at !== index)));
    adding.current?.focus(); // what was removed takes the focus with it
  };
  const problem = problemAt(pointer);
  return (
    <Stack sx={{ gap: 1.5 }}>
      {contacts.map((contact, index) => (
        <Stack key={index} direction="row" role="group" aria-label={t(`registrations.${kind}_of`, { number: index + 1 })} sx={{ gap: 1, alignItems: "flex-start" }}>
          <Box sx={{ display: "grid", flex: 1, minWidth: 0, gap: 1.5, gridTemplateColumns: { xs: "minmax(0, 1fr)", sm: "minmax(0, 3fr) minmax(0, 2fr)" } }}>
            <CountedField pointer={`${pointer}/${index}/value`} label={t(`registrations.${kind}_value`)} required type={TYPES[kind]} text={contact.value} write={(value) => write(index, { value })} {...(kind === "phones" && { most: limits.phone })} />
            <CountedField pointer={`${pointer}/${index}/label`} label={t("registrations.label")} required text={contact.label} write={(label) => write(index, { label })} most={limits.label} />
          </Box>
          {!isLocked && (
            <Tooltip title={t("registrations.remove")}>
              <IconButton aria-label={t(`registrations.${kind}_remove`, { number: index + 1 })} onClick={() => remove(index)}>
                <Delete />
              </IconButton>
            </Tooltip>
          )}
        </Stack>
      ))}
      {problem && <FormHelperText error>{problem}</FormHelperText>}
      {!isLocked && contacts.length < limits.contacts && (
        <Button ref={adding} id={pointer} size="small" startIcon={<Add />} onClick={add} sx={{ alignSelf: "flex-start" }}>
          {t(`registrations.${kind}_add`)}
        </Button>
      )}
    </Stack>
  );
}
