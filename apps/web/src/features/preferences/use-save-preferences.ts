'use client';
import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc.ts';
import type { DisplayChoice } from '@/features/preferences/cookies.ts';
import { useDisplayChoice } from '@/features/preferences/use-display-choice.ts';

/** Shows the choice at once and keeps it with the account. */
export function useSavePreferences(): (choice: DisplayChoice) => void {
  const apply = useDisplayChoice();
  const save = useMutation(useTRPC().account.preferences.mutationOptions());
  return (choice) => {
    apply(choice);
    save.mutate(choice);
  };
}
