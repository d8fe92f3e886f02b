import WarningIcon from "@mui/icons-material/Warning";
import Box from "@mui/material/Box";
import FormHelperText from "@mui/material/FormHelperText";
import { FixButton } from "../problems/FixButton";
import { useIsEditing } from "../fields/editing";
import { type Fault, useFault } from "./faults";
import { KeptRoom } from "./KeptRoom";

/** What is wrong at a place, and the press that surely puts it right. */
export function FaultNote({ fault }: { fault: Fault | null }) {
  const isEditing = useIsEditing();
  return (
    <KeptRoom>
      {fault && (
        <Box component="span" sx={{ display: "block" }}>
          <FormHelperText component="span" error={fault.severity === "error"} sx={{ display: "block", mx: 1.75, ...(fault.severity !== "error" && { color: "warning.main" }) }}>
            {fault.severity !== "error" && <WarningIcon fontSize="inherit" sx={{ mr: 0.5, verticalAlign: "text-bottom" }} />}
            {fault.message}
          </FormHelperText>
          {isEditing && <FixButton problem={fault.worst} sx={{ ml: 1 }} />}
        </Box>
      )}
    </KeptRoom>
  );
}

/** What is wrong with a thing itself, or with what it has no input for. */
export const OwnFaults = ({ fields }: { fields: readonly string[] }) => fields.map((field) => <OwnFault key={field} field={field} />);

const OwnFault = ({ field }: { field: string }) => <FaultNote fault={useFault(field)} />;
