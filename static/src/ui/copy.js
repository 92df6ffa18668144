/**
 * Copies a text, or selects it where the browser refuses.
 * @module ui/copy
 */

/** Says whether the text of a field was copied; if not, it stays selected. @param {HTMLInputElement} field */
export async function copyField(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return false;
  }
}
