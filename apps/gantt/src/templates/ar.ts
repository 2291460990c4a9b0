import type { english } from './en.ts';

export const arabic: typeof english = {
  website: 'موقع جديد',
  event: {
    title: 'فعالية',
    tasks: {
      start: 'قررنا إقامتها',
      date: 'إيجاد موعد ومكان',
      booked: 'حُجز المكان',
      budget: 'تخطيط المال',
      speakers: 'دعوة المتحدثين',
      programme: 'إعداد البرنامج',
      page: 'الصفحة والتسجيل',
      announce: 'الإعلان',
      helpers: 'إيجاد متطوعين',
      rehearse: 'تجربة اليوم',
      day: 'اليوم',
      thanks: 'شكر الجميع وتسديد الفواتير',
    },
  },
};
