import MenuItem from "@mui/material/MenuItem";
import Stack from "@mui/material/Stack";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import type { Schemas } from "../api/client";
import { useKeys } from "./keysHere";
import { KINDS, type Kind, type Mapping } from "./mapping";

interface MissingKeysProps {
  missing: Schemas["MissingView"];
  mapping: Mapping;
  change: (mapping: Mapping) => void;
}

/** For each key of a file that is not here: which one is meant instead (CB-9). Nothing chosen: it stays as it is. */
export function MissingKeys({ missing, mapping, change }: MissingKeysProps) {
  const { t } = useTranslation();
  const here = useKeys();
  const fields = KINDS.flatMap((kind) => missing[kind].map((key) => ({ kind, key }))).filter(({ kind }) => here[kind].length > 0);
  const choose = (kind: Kind, key: string, chosen: string) => change({ ...mapping, [kind]: { ...mapping[kind], [key]: chosen } });
  return (
    <Stack sx={{ gap: 2 }}>
      {fields.map(({ kind, key }) => (
        <TextField
          key={`${kind} ${key}`}
          select
          label={t(`mapping.${kind}`, { key })}
          value={mapping[kind][key] ?? ""}
          onChange={(event) => choose(kind, key, event.target.value)}
          slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
        >
          <MenuItem value="">{t("mapping.as_it_is")}</MenuItem>
          {here[kind].map(({ id, name }) => (
            <MenuItem key={id} value={id}>
              {name}
            </MenuItem>
          ))}
        </TextField>
      ))}
    </Stack>
  );
}
