'use client';
import { Check } from 'lucide-react';
import { DropdownMenu as Primitive } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '@/components/cn.ts';

const ITEM =
  'flex h-8 cursor-default select-none items-center gap-2 rounded-md px-2 outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:text-muted';

interface MenuProps {
  trigger: ReactNode;
  side?: 'top' | 'right' | 'bottom' | 'left';
  align?: 'start' | 'end';
  className?: string;
  children: ReactNode;
}

export function Menu({ trigger, side = 'bottom', align = 'end', className, children }: MenuProps) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          side={side}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={cn('z-50 min-w-52 rounded-lg border bg-raised p-1 text-[0.8125rem] shadow-lg', className)}
        >
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

export function MenuItem({ className, ...props }: ComponentProps<typeof Primitive.Item>) {
  return <Primitive.Item className={cn(ITEM, className)} {...props} />;
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Primitive.Label className="px-2 pt-2 pb-1 font-medium text-2xs text-faint">{children}</Primitive.Label>;
}

export function MenuSeparator() {
  return <Primitive.Separator className="-mx-1 my-1 h-px bg-line" />;
}

interface MenuRadioProps {
  label: string;
  value: string;
  options: readonly { value: string; label: string }[];
  onChange: (value: string) => void;
}

/** A labelled group of which one is chosen. The menu stays open, so that the effect can be seen. */
export function MenuRadio({ label, value, options, onChange }: MenuRadioProps) {
  return (
    <>
      <MenuLabel>{label}</MenuLabel>
      <Primitive.RadioGroup value={value} onValueChange={onChange}>
        {options.map((option) => (
          <Primitive.RadioItem
            key={option.value}
            value={option.value}
            className={cn(ITEM, 'pr-8')}
            onSelect={(event) => event.preventDefault()}
          >
            <span className="flex-1">{option.label}</span>
            <Primitive.ItemIndicator>
              <Check className="-mr-6" />
            </Primitive.ItemIndicator>
          </Primitive.RadioItem>
        ))}
      </Primitive.RadioGroup>
    </>
  );
}
