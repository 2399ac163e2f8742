export { FilesEdit as Edit } from "../shared/FilesEdit";
