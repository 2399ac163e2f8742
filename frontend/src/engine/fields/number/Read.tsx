export { NumberRead as Read } from "../shared/NumberRead";
