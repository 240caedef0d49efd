# جملة واحدة عن توليف واحد: اليقين يختار الفعل، والحجم يختار الوصف.

answer-moves = { $estimand ->
    [LATE] عند من دفعهم العرض إلى القبول، { $practice }
    [ATT] عند من قبلوا العرض، { $practice }
   *[ITT] { $practice }
 }: { $certainty ->
    [high] الأثر هو
    [moderate] الأثر على الأرجح هو
   *[low] قد يكون الأثر
 } { $way ->
    [lower] خفضًا
   *[higher] رفعًا
 }{ $size ->
    [small] {" "}طفيفًا
    [large] {" "}كبيرًا
   *[plain] {""}
 } في { $outcome }.
answer-little = { $estimand ->
    [LATE] عند من دفعهم العرض إلى القبول، { $practice }
    [ATT] عند من قبلوا العرض، { $practice }
   *[ITT] { $practice }
 }: { $certainty ->
    [high] الفرق قليل أو معدوم
    [moderate] الفرق على الأرجح قليل أو معدوم
   *[low] قد يكون الفرق قليلًا أو معدومًا
 } في { $outcome }.
answer-leans = { $estimand ->
    [LATE] عند من دفعهم العرض إلى القبول، { $practice }
    [ATT] عند من قبلوا العرض، { $practice }
   *[ITT] { $practice }
 }: { $certainty ->
    [high] الأثر يميل
    [moderate] الأثر يميل على الأرجح
   *[low] قد يميل الأثر
 } إلى { $way ->
    [lower] خفض
   *[higher] رفع
 } { $outcome }، لكن انعدام الأثر والأثر المعاكس يوافقان الأدلة أيضًا.
answer-open = ما زال السؤال مفتوحًا: { $practice }، هل الأثر رفع أم خفض في { $outcome }؟ الأدلة توافق الكسب كما توافق الخسارة.
answer-very-low = لا يمكننا أن نعرف إن كان لما يلي أثر في { $outcome }: { $practice }.
answer-association = { $practice }: قد يرتبط ذلك بقيمة { $way ->
    [lower] أدنى
   *[higher] أعلى
 } ({ $outcome })، ولا أحد يستطيع القول إنه السبب.
answer-association-open = ما زال السؤال مفتوحًا: { $practice }، هل يرتبط ذلك بقيمة أعلى أم أدنى ({ $outcome })؟
answer-not-rated = { $practice } و{ $outcome }: ما لدينا لا يمكن تقديره.
answer-nothing-pooled = لم يعطنا أحد رقمًا يمكن تجميعه عن { $practice } و{ $outcome }.
