import FormControlLabel from "@mui/material/FormControlLabel";
import FormHelperText from "@mui/material/FormHelperText";
import MenuItem from "@mui/material/MenuItem";
import Stack from "@mui/material/Stack";
import Switch from "@mui/material/Switch";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { DepartmentField } from "./DepartmentField";
import { TIMEOUT_ACTIONS, type TimeoutPolicy, withAction } from "./settings";

const FIRST: TimeoutPolicy = { seconds: 300, action: "end_chat" };

interface TimeoutFieldProps {
  name: "response_timeout" | "stuck_timeout";
  /** Null: it never ends by itself. */
  policy: TimeoutPolicy | null;
  change: (policy: TimeoutPolicy | null) => void;
}

/** After how long, and what then (CB-3, CB-4). */
export function TimeoutField({ name, policy, change }: TimeoutFieldProps) {
  const { t } = useTranslation();
  return (
    <Stack sx={{ gap: 1.5 }}>
      <div>
        <FormControlLabel control={<Switch checked={policy !== null} onChange={(_, on) => change(on ? FIRST : null)} />} label={t(`chatbots.${name}`)} />
        <FormHelperText>{t(`chatbots.${name}_help`)}</FormHelperText>
      </div>
      {policy && (
        <Stack direction={{ xs: "column", sm: "row" }} sx={{ gap: 2 }}>
          <TextField
            label={t("chatbots.seconds")}
            type="number"
            value={Number.isNaN(policy.seconds) ? "" : policy.seconds}
            onChange={(event) => change({ ...policy, seconds: event.target.value === "" ? Number.NaN : Number(event.target.value) })}
            slotProps={{ htmlInput: { min: 1, "aria-label": t(`chatbots.${name}_seconds`) } }}
          />
          <TextField
            select
            label={t("chatbots.then")}
            value={policy.action}
            onChange={(event) => change(withAction(policy, event.target.value as TimeoutPolicy["action"]))}
            slotProps={{ select: { inputProps: { "aria-label": t(`chatbots.${name}_then`) } } }}
          >
            {TIMEOUT_ACTIONS.map((action) => (
              <MenuItem key={action} value={action}>
                {t(`actions.${name}_${action}`)}
              </MenuItem>
            ))}
          </TextField>
          {policy.action === "handover" && <DepartmentField value={policy.department ?? ""} change={(department) => change({ ...policy, department })} />}
        </Stack>
      )}
    </Stack>
  );
}
