import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import type { Sender } from "./templates";

interface SenderFieldProps {
  senders: Sender[];
  value: string;
  change: (sender: string) => void;
  isFixed?: boolean;
  error?: boolean;
  helperText?: string;
}

/** Which sender of WhatsApp; one that is not known here keeps its id as its name. */
export function SenderField({ senders, value, change, isFixed = false, ...rest }: SenderFieldProps) {
  const { t } = useTranslation();
  const isUnknown = value !== "" && !senders.some(({ id }) => id === value);
  return (
    <TextField
      id="/sender"
      select
      required
      label={t("whatsapp_templates.sender")} value={value} onChange={(event) => change(event.target.value)} slotProps={{ select: { readOnly: isFixed } }}
      {...rest}
    >
      {isUnknown && <MenuItem value={value}>{value}</MenuItem>}
      {senders.map(({ id, name }) => (
        <MenuItem key={id} value={id}>
          {name}
        </MenuItem>
      ))}
    </TextField>
  );
}
