# الكلمات الموجودة في كل صفحة.

site-name = whatworks
skip = انتقل إلى الجواب
language-name = العربية
languages = اللغات
page-in-english = هذه الصفحة مكتوبة بالإنجليزية فقط حتى الآن.

nav-label = القائمة الرئيسية
nav-evidence = الأدلة
nav-practices = الممارسات
nav-outcomes = النتائج
nav-studies = الدراسات
nav-findings = المعطيات
nav-claims = الأقوال
nav-questions = الأسئلة
nav-methods = الطرق
nav-about = عن الموقع

spine-label = موضع هذه الصفحة: من المعطى إلى التوصية
spine-findings = المعطيات
spine-synthesis = التوليف
spine-claims = الأقوال
spine-question = السؤال
spine-guidance = التوصيات
spine-here = هذه الصفحة
spine-none = لا شيء بعد

foot-data = الأدلة، الإصدار { $version }، البصمة { $digest }. حُسبت الآثار من دراسات منشورة، وكل رقم يقود إلى المعطى أو التوليف الذي جاء منه.
foot-licence = يجوز استعمال الوقائع بحرية؛ والأسطر المأخوذة من Foster et al. 2025 مرخّصة بموجب CC BY 4.0.
foot-about = الرخصة والمصادر وطريقة الاستشهاد
foot-api = وصف واجهة البرمجة

certainty-not-rated = غير مقدَّر
certainty-very-low = منخفض جدًا
certainty-low = منخفض
certainty-moderate = متوسط
certainty-high = مرتفع

twins = هذه القائمة ملفًا:
twins-csv = CSV
twins-json = JSON

pager-label = صفحات هذه القائمة
pager-previous = الصفحة السابقة
pager-next = الصفحة التالية
pager-here = الصفحة { $page } من { $pages }

catalogue-version = الدليل، الإصدار { $version }.
practice = الممارسة
syntheses-all = كل التوليفات
says = ما الذي يقوله
says-lender = للمُقرِض
findings = المعطيات
samples = العيّنات
studies = الدراسات
none-studied = لا دراسة
finding = معطى
study = دراسة
outcome = نتيجة
country = البلد
design = تصميم الدراسة
unit = الوحدة
estimate = التقدير
estimate-interval = التقدير (فترة 95 %)
outcome-and-practice = النتيجة والممارسة
rows-used = أشخاص أو أسطر
control-mean = من دون الممارسة
compared-with = مقارنةً بـ
better = الأفضل للعملاء
usual-unit = الوحدة المعتادة
synonyms = أسماء أخرى
standard = المعايير العالمية
iris = معرّف IRIS+
sdg = أهداف التنمية
identifier = المعرّف
none = لا شيء
not-stated = غير مذكور
yes = نعم
no = لا
year-published = سنة النشر
paper = البحث
countries-none = البلد غير مذكور

tally-primary = ضمن تجميع
tally-primary-under = معطيات تدخل في تجميع
tally-findings = تقديرات لأثر أو ارتباط
tally-samples = مجموعات من الأشخاص
tally-studies = أبحاث
tally-from = من { $samples ->
    [one] عيّنة واحدة
    [two] عيّنتين
    [few] { $samples } عيّنات
   *[other] { $samples } عيّنة
 } في { $studies ->
    [one] دراسة واحدة
    [two] دراستين
    [few] { $studies } دراسات
   *[other] { $studies } دراسة
 }

estimand-itt = أثر العرض (ITT)
estimand-att = الأثر على من قبلوا العرض (ATT)
estimand-late = الأثر على من دفعهم العرض إلى القبول (LATE)
estimand-association = ارتباط، من دون ادعاء سبب
kind-benefit = نفع للعملاء
kind-harm = ضرر بالعملاء
kind-lender = يخص المُقرِض
better-higher = الأعلى
better-lower = الأدنى
better-neither = لا هذا ولا ذاك في ذاته
direction-favourable = نحو النفع
direction-unfavourable = بعيدًا عن النفع
direction-none = لا إلى جهة ولا إلى أخرى

tag-harm = ضرر
tag-harm-outcome = نتيجة ضارة
tag-harm-possible = ضرر محتمل
tag-scale = المقياس؟
tag-not-primary = غير مُجمَّع
tag-unverified = لم يُعَد التحقق منه

number-to = إلى
number-in-hundred = من 100
number-under = أقل من
number-over = أكثر من
number-absent = غير معروف
axis-of = → { $high } · { $low } ←
axis-ends = → أعلى · أدنى ←
date-long = { $day } { $month ->
    [1] يناير
    [2] فبراير
    [3] مارس
    [4] أبريل
    [5] مايو
    [6] يونيو
    [7] يوليو
    [8] أغسطس
    [9] سبتمبر
    [10] أكتوبر
    [11] نوفمبر
   *[12] ديسمبر
 } { $year }
