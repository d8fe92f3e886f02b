import Box from "@mui/material/Box";
import Checkbox from "@mui/material/Checkbox";
import FormControlLabel from "@mui/material/FormControlLabel";
import Paper from "@mui/material/Paper";
import Stack from "@mui/material/Stack";
import { useTranslation } from "react-i18next";
import { useMe } from "../workspace/session";
import { grouped, type Permission, type PermissionGroup, switched } from "./permissionGroups";
import { useSentenceOf } from "./useSentenceOf";

interface PermissionChoiceProps {
  permissions: readonly Permission[];
  chosen: readonly string[];
  change: (chosen: string[]) => void;
  disabled: boolean;
}

/** What cannot be changed can still be read. */
const READABLE = { "& .MuiFormControlLabel-label.Mui-disabled": { color: "text.secondary" } };

/** What a role may do, as check boxes by what they are of. */
export function PermissionChoice({ permissions, ...rest }: PermissionChoiceProps) {
  return (
    <Box sx={{ display: "grid", gap: 2, gridTemplateColumns: "repeat(auto-fill, minmax(min(20rem, 100%), 1fr))" }}>
      {grouped(permissions).map((group) => (
        <Group key={group.name} group={group} {...rest} />
      ))}
    </Box>
  );
}

function Group({ group, chosen, change, disabled }: Omit<PermissionChoiceProps, "permissions"> & { group: PermissionGroup }) {
  const { t } = useTranslation();
  const mine = useMe().permissions;
  const sentence = useSentenceOf();
  const title = t(`permission_groups.${group.name as "chatbots"}`, { defaultValue: group.name });
  const names = group.permissions.map(({ name }) => name);
  const on = names.filter((name) => chosen.includes(name));
  const free = names.filter((name) => mine.includes(name));
  const isAll = on.length === names.length;
  const box = (name: string) => (
    <Checkbox checked={chosen.includes(name)} onChange={(_, isOn) => change(switched(chosen, [name], isOn))} sx={{ py: 0.5 }} />
  );
  return (
    <Paper variant="outlined" role="group" aria-label={title} sx={{ px: 2, py: 1 }}>
      <FormControlLabel
        disabled={disabled || free.length === 0}
        control={<Checkbox checked={isAll} indeterminate={on.length > 0 && !isAll} onChange={(_, isOn) => change(switched(chosen, free, isOn))} />}
        label={title}
        sx={READABLE}
        slotProps={{ typography: { sx: { fontWeight: 650 } } }}
      />
      <Stack sx={{ pl: 3 }}>
        {group.permissions.map((permission) => (
          <FormControlLabel
            key={permission.name}
            disabled={disabled || !free.includes(permission.name)}
            control={box(permission.name)}
            label={sentence(permission)}
            sx={{ ...READABLE, alignItems: "flex-start" }}
            slotProps={{ typography: { sx: { pt: 0.5 } } }}
          />
        ))}
      </Stack>
    </Paper>
  );
}
