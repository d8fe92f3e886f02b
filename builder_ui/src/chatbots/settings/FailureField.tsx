import MenuItem from "@mui/material/MenuItem";
import TextField from "@mui/material/TextField";
import { useTranslation } from "react-i18next";
import { DepartmentField } from "./DepartmentField";
import { FAILURE_ACTIONS, type FailurePolicy, withAction } from "./settings";

/** What a failed step leads to (CB-2). */
export function FailureField({ policy, change }: { policy: FailurePolicy; change: (policy: FailurePolicy) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <TextField
        select
        label={t("chatbots.on_failure")}
        value={policy.action}
        onChange={(event) => change(withAction(policy, event.target.value as FailurePolicy["action"]))}
      >
        {FAILURE_ACTIONS.map((action) => (
          <MenuItem key={action} value={action}>
            {t(`actions.failure_${action}`)}
          </MenuItem>
        ))}
      </TextField>
      {policy.action === "handover" && <DepartmentField value={policy.department ?? ""} change={(department) => change({ ...policy, department })} />}
    </>
  );
}
