export { TextEdit as Edit } from "../shared/TextEdit";
