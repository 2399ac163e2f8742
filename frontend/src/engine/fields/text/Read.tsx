export { TextRead as Read } from "../shared/TextRead";
