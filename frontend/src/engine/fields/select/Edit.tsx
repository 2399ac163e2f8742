export { OptionEdit as Edit } from "../shared/OptionEdit";
