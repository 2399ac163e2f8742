export { FilesRead as Read } from "../shared/FilesRead";
