import { ElMessageBox } from 'element-plus';
import { shallowRef } from 'vue';

export interface Question {
  title: string;
  /** What will happen, and whether it can be undone. */
  text: string;
  /** What the button that does it says. */
  confirm: string;
  /** The button is red. */
  dangerous?: boolean;
}

/** Asks before something is done. @returns whether it is to be done. */
export async function confirm({
  title,
  text,
  confirm: confirmText,
  dangerous = false,
}: Question): Promise<boolean> {
  return ElMessageBox.confirm(text, title, {
    confirmButtonText: confirmText,
    cancelButtonText: '取消',
    confirmButtonType: dangerous ? 'danger' : 'primary',
    type: 'warning',
    closeOnClickModal: false,
  }).then(
    () => true,
    () => false,
  );
}

export interface ReasonQuestion extends Question {
  /** Default 500. */
  mostCharacters?: number;
}

interface OpenQuestion extends ReasonQuestion {
  answer: (reason: string | null) => void;
}

/** The question that `<ReasonDialog>` shows at present. */
export const openQuestion = shallowRef<OpenQuestion>();

/** Asks why, before something is done that must be accounted for. @returns the reason; null: it is not to be done. */
export function confirmWithReason(question: ReasonQuestion): Promise<string | null> {
  openQuestion.value?.answer(null);
  return new Promise((resolve) => {
    openQuestion.value = {
      ...question,
      answer(reason) {
        openQuestion.value = undefined;
        resolve(reason);
      },
    };
  });
}
