export { NumberEdit as Edit } from "../shared/NumberEdit";
