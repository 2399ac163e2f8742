import type { EditProps } from "../contract";
import { NumberEdit } from "../shared/NumberEdit";

export function Edit(props: EditProps<number>) {
  return <NumberEdit {...props} after={<span className="gx-3">%</span>} />;
}
