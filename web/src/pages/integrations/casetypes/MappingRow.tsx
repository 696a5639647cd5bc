import { useState } from "react";
import { type FragmentOf, graphql, readFragment } from "@/api/graphql.ts";
import { caseTypes, caseTypeWords } from "@/format/words/fields.ts";
import { useForm } from "@/session/form.ts";
import { useViewer } from "@/session/viewer.ts";
import { SelectField } from "@/ui/inputs.tsx";
import { announce } from "@/ui/LiveRegion.tsx";
import { Mark } from "@/ui/Mark.tsx";
import styles from "./casetypes.module.css";

export const MappingRowFields = graphql(`
  fragment MappingRow on CaseTypeMapping {
    id
    practiceAreaId
    practiceArea
    caseType
    isBuiltIn
  }
`);

const SetCaseTypeMapping = graphql(
  `
    mutation SetCaseTypeMapping($practiceAreaId: ID!, $caseType: CaseType) {
      setCaseTypeMapping(practiceAreaId: $practiceAreaId, caseType: $caseType) {
        mapping { ...MappingRow }
        userErrors { code message path }
      }
    }
  `,
  [MappingRowFields],
);

const builtIn = "BUILT_IN";

/** One practice area: its case type is saved as soon as it is chosen. */
export function MappingRow({ mapping: masked }: { mapping: FragmentOf<typeof MappingRowFields> }) {
  const mapping = readFragment(MappingRowFields, masked);
  const { isAdmin } = useViewer();
  const { submit, errors, isBusy } = useForm(SetCaseTypeMapping, (data) => data.setCaseTypeMapping);
  const [isSaved, setIsSaved] = useState(false);
  const area = mapping.practiceArea ?? `Practice area ${mapping.practiceAreaId}`;
  const choose = async (chosen: string) => {
    setIsSaved(false);
    const caseType = chosen === builtIn ? null : (chosen as typeof mapping.caseType);
    if (!(await submit({ practiceAreaId: mapping.practiceAreaId, caseType }))) return;
    setIsSaved(true);
    announce(`${area} is saved. From each watch’s next sync.`);
  };
  const problem = Object.values(errors)[0];
  return (
    <tr>
      <td>{area}</td>
      <td>
        {isAdmin ? (
          <SelectField
            label={`Case type for ${area}`}
            isLabelHidden
            value={mapping.isBuiltIn ? builtIn : mapping.caseType}
            aria-busy={isBusy}
            onChange={(event) => choose(event.target.value)}
          >
            <option value={builtIn}>
              {mapping.isBuiltIn ? `${caseTypeWords(mapping.caseType)} (built in)` : "As built in"}
            </option>
            {caseTypes.map((each) => (
              <option key={each} value={each}>
                {caseTypeWords(each)}
              </option>
            ))}
          </SelectField>
        ) : (
          caseTypeWords(mapping.caseType)
        )}
      </td>
      <td>
        <Mark tone={mapping.isBuiltIn ? "plain" : "accent"}>{mapping.isBuiltIn ? "Built in" : "Chosen"}</Mark>{" "}
        {isSaved && <span className={styles.saved}>Saved.</span>}
        {problem && (
          <span className={styles.problem} role="alert">
            {problem}
          </span>
        )}
      </td>
    </tr>
  );
}
