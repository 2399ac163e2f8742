export { CodeRead as Read } from "../shared/CodeRead";
