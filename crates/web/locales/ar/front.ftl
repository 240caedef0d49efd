# الصفحة الأولى: الجواب القصير، خريطة الأدلة، الترتيب، وما ينقص.

front-title = ما الذي ينفع العملاء؟
front-description = آثار ممارسات التمويل الأصغر في العملاء، مجمّعة من دراسات منشورة، مع عدم يقينها وأضرارها وثغراتها.
front-label = الجواب القصير
front-pairs = { $filled } من { $pairs } زوجًا من ممارسة ومجال نتائج لها معطى صالح للاستعمال. ولـ { $empty } منها لا توجد لدينا أي دراسة.
front-chosen = الأجوبة أدناه مختارة بقاعدة من التجارب التي قررت فيها القرعة من يحصل على الممارسة: الأكثر أشخاصًا؛ الأكثر دراسات؛ أوثق نفع واضح؛ أوضح ضرر بالعملاء أو خسارة للمُقرِضين، مع الوجه الآخر للممارسة نفسها؛ وأكثر ما يسأل عنه القطاع: الدَّين.
front-say-most = في التجارب، أكثر الممارسات وصولًا إلى الناس: { $practice }. { $areas ->
    [one] في المجال الوحيد الذي قيس من حياة العملاء، تُظهر التجارب
    [two] من مجالين قيسا من حياة العملاء، تُظهر التجارب
    [few] من { $areas } مجالات قيست من حياة العملاء، تُظهر التجارب
   *[other] من { $areas } مجالًا قيس من حياة العملاء، تُظهر التجارب
 } { $clauses }.
front-say-better = نفعًا واضحًا في { $count }
front-say-worse = ضررًا واضحًا في { $count }
front-say-little = فرقًا قليلًا أو معدومًا في { $count }
front-say-open = لا جواب بعد في { $count }
front-and = {" "}و
front-say-others = من الممارسات الأخرى التي جُرّبت، وعددها { $others }، { $clear ->
    [0] لا تُظهر أي منها نفعًا واضحًا بعد.
    [one] تُظهر واحدة نفعًا واضحًا{ $mixed ->
        [0] {""}
       *[other] {" "}معه ضرر أو خسارة
     }.
   *[other] يُظهر { $clear } منها نفعًا واضحًا{ $mixed ->
        [0] {""}
       *[other] ، و{ $mixed } من هذه معها ضرر أو خسارة
     }.
 }
front-say-unstudied = ولـ { $unstudied } من { $total } أمرًا يمكن للمؤسسات أن تختارها، لم يعطنا أحد أي معطى.
front-say-empty = لا أحد يعرف: لا يوجد لدينا أي معطى. الخريطة أدناه تذكر { $total } أمرًا يمكن للمؤسسات أن تختارها، وكل خاناتها فارغة.
front-empty-fill = المعطى يملأ خانة: تقدير مع خطئه المعياري، من دراسة قارنت بين عملاء مع ممارسة ومن دونها. حمّل قاعدة الأدلة المرفقة، أو أضف جدولك.
front-cannot-pool = لا يمكن تجميع المعطيات الموجودة كما هي. وما زال ممكنًا أن تُقرأ واحدًا واحدًا.
front-squares = ما الذي دُرس
front-squares-caption = من أعلى إلى أسفل: { $families } عائلة من الممارسات. من اليسار إلى اليمين: { $domains } مجالات للنتائج. ممتلئ: معطى صالح عن ممارسة واحدة على الأقل. مخطط: وُجد ضرر بالعملاء. صغير: دُرس ولم يُقدَّر. فارغ: لا دراسة لدينا.
front-claims-caption = الجواب في بضعة أسطر
front-made = مجمّع من { $findings } معطى في { $studies } دراسة، إصدار الأدلة { $version }.
front-how-made = كيف يُصنع الجواب
front-nobody = لم يعطنا أحد دراسة عن هذا السؤال: هل لـ«{ $family }» أثر في «{ $domain }»؟
front-no-evidence = لا أدلة
front-why-people = الأكثر أشخاصًا
front-why-studies = الأكثر دراسات
front-why-benefit = أوثق نفع واضح
front-why-loss = أوضح ضرر أو خسارة، ووجهها الآخر
front-why-harm = أرجح ضرر بالعملاء في ممارسة أخرى
front-why-asked = أكثر ما يسأل عنه القطاع
front-certainty = اليقين: { $certainty }
front-certainty-small = اليقين: { $certainty }
front-against = مقارنةً بـ: { $comparator }.
front-chances = أفضل { $whom ->
    [lender] للمُقرِض
   *[other] للعملاء
 } { $better }، وأسوأ { $worse } من 100.
front-studies = { $count ->
    [0] 0 دراسة
    [one] دراسة واحدة
    [two] دراستان
    [few] { $count } دراسات
   *[other] { $count } دراسة
 }
front-points = نقطة مئوية

front-clearly-better = أفضل بوضوح
front-leans-better = يميل إلى الأفضل
front-little = فرق قليل أو معدوم
front-cannot-tell = لا يمكن معرفة الاتجاه
front-leans-worse = يميل إلى الأسوأ
front-clearly-worse = أسوأ بوضوح
front-higher = أعلى، لا خير ولا شر في ذاته
front-lower = أدنى، لا خير ولا شر في ذاته
front-small = صغير
front-medium = متوسط
front-large = كبير
front-no-size = حجم لا يُقارن
front-not-comparable = غ/م
front-not-pooled = غير مُجمَّع
front-not-rated = غير مقدَّر
front-not-pooled-words = نُشر في صورة لا يمكن تجميعها؛ واليقين غير مقدَّر
front-more = { $count ->
    [one] وتوليف آخر
    [two] وتوليفان آخران
    [few] و{ $count } توليفات أخرى
   *[other] و{ $count } توليفًا آخر
 }

front-map = خريطة الأدلة
front-map-how = لـ { $studied } من { $total } ممارسة معطى؛ ومجالات النتائج { $domains }. الأحجام بالانحراف المعياري (SD) لمجموعة المقارنة، كي تُقارن العملات. تُظهر الخانة توليفها الأول: التجارب أولًا، ثم الأكثر دراسات، ثم الأكثر أشخاصًا.
front-map-method = كيف تُصنع الخانة
front-map-caption = الاتجاه والحجم واليقين وعدد الدراسات لكل ممارسة (من أعلى إلى أسفل) ومجال نتائج (عرضًا). اختر خانة لترى دراساتها.
front-map-empty = ليس لأي ممارسة معطى بعد. كلها مذكورة أدناه.
front-map-csv = هذه الخريطة بصيغة CSV
front-map-json = هذه الخريطة بصيغة JSON
front-show-all = أظهر كل الممارسات وعددها { $total } أسطرًا، ومنها { $unstudied } فارغة
front-show-studied = أظهر فقط الممارسات التي لها معطى وعددها { $studied }
front-show-accepted = evidence أو all
front-no-study-of = لا دراسة عن:
front-no-study-of-any = لا دراسة عن أي نتيجة:
front-tag-lender = المُقرِض
front-legend-better = أفضل بوضوح للعملاء (وللمُقرِض في نتائجه): صغير، متوسط، كبير (أقل من 0.15، من 0.15 إلى 0.30، أكثر من 0.30 SD)
front-legend-worse = أسوأ بوضوح
front-legend-leans = يميل إلى تلك الجهة: 80 من 100 أو أكثر، لكن فترة 95 % تبلغ الصفر
front-legend-little = فرق قليل أو معدوم: الفترة كلها على بُعد أقل من 0.1 SD من الصفر
front-legend-cannot-tell = دُرس، وما زال لا يمكن أن يُعرف
front-legend-neither = أعلى أو أدنى، حيث لا خير في أيهما في ذاته
front-legend-no-size = لا يُقارن: لا يُعرف انحراف معياري، فلا حجم
front-legend-certainty = اليقين، من منخفض جدًا (علامة واحدة) إلى مرتفع (أربع).
front-certainty-method = القواعد
front-legend-more = توليفات في الخانة نفسها غير المعروض
front-legend-harm = ضرر بالعملاء، أو خسارة للمُقرِض، في أي توليف في الخانة
front-legend-scale = وحدة إحدى الدراسات مشكوك فيها
front-legend-none = لا دراسة لدينا
front-unstudied = { $count ->
    [one] ممارسة واحدة من دون أي دراسة
    [two] ممارستان من دون أي دراسة
    [few] { $count } ممارسات من دون أي دراسة
   *[other] { $count } ممارسة من دون أي دراسة
 }

front-rank = مرتبة حسب قيمتها للعملاء
front-rank-how = قيمة الممارسة هي المجموع المرجّح لآثارها في العملاء، بالانحراف المعياري. والنتيجة التي لم يدرسها أحد تُحسب مجهولة، لا صفرًا أبدًا. والضرر يقف بجانب الرتبة ولا يُطرح خفيةً.
front-rank-method = كيف تُصنع الرتب
front-rank-empty = لا يمكن ترتيب أي ممارسة: ليس لأي منها آثار في ما يكفي مما يُوزَن.
front-rank-alone = ممارسة واحدة فقط لها من الأدلة ما يكفي لترتيبها.
front-rank-apart = { $apart ->
    [0] لا يمكن تمييز أي ممارسة من التي تليها: مداها متداخل.
   *[other] يمكن تمييز { $apart } من { $pairs } زوجًا متجاورًا؛ والبقية متداخلة.
 }
front-rank-one = { $practice } في { $count } من 100 سحبة
front-rank-names = الأكثر ورودًا بين الثلاث الأولى: { $names }. وبالمصادفة وحدها تكون كل واحدة هناك في { $chance } من 100.
front-rank-caption = الرتبة المتوقعة (نقطة) بين الممارسات التي يمكن ترتيبها وعددها { $count }، مع المدى الذي تقع فيه 90 مرة من 100 (خط). { $equal ->
    [yes] الأوزان متساوية.
   *[no] الأوزان كما هي أدناه.
 }
front-rank-axis = الرتبة، 1 هي الأفضل
front-rank-top3 = بين الثلاث الأولى، من 100
front-rank-best = الأولى، من 100
front-rank-share = الوزن القائم على أدلة
front-rank-words = الرتبة المتوقعة { $expected }، من { $low } إلى { $high }
front-rank-incomplete = غير مكتمل: لم يُدرس معًا نفع وضرر ونتيجة للمُقرِض.
front-not-ranked = غير مرتبة
front-not-ranked-why = أقل من { $least } من الوزن يقوم على تجارب بوحدات قابلة للمقارنة:
front-not-ranked-share = { $share } من الوزن
front-rank-without = { $count ->
    [0] لكل ممارسة أخرى معطى واحد على الأقل.
    [one] وممارسة أخرى ليس لها أي معطى.
    [two] وممارستان أخريان ليس لهما أي معطى.
    [few] و{ $count } ممارسات أخرى ليس لها أي معطى.
   *[other] و{ $count } ممارسة أخرى ليس لها أي معطى.
 }
front-rank-not-comparable = دُرست، لكن من دون تجربة عن نفع للعملاء يمكن التعبير عن حجمه بالانحراف المعياري:
front-weights = ما الذي يهم عملاءك؟
front-weights-how = من 0 إلى 10 لكل مجال. لا يوجد لدينا بعد استطلاع للعملاء عن هذه الأوزان، فتبدأ كلها متساوية. الأوزان موجودة في عنوان الصفحة: شاركه.
front-weights-unused = لم يُستعمل: { $weights }. الوزن رقم من 0 إلى 10 لأحد المجالات أدناه، وواحد منها على الأقل أكبر من 0.
front-rank-again = رتّب من جديد

front-missing = ما الذي ينقص
front-missing-how = عدم وجود معطى لدينا ليس هو انعدام الأثر.
front-missing-say = معظم ما تفعله المؤسسات لا تسنده أي دراسة لدينا. كل سطر يسمّي المجالات، من حياة العملاء ومن دفاتر المُقرِض، التي لم تقس فيها أي دراسة لأي ممارسة من العائلة شيئًا.
front-missing-caption = عائلات الممارسات ومجالات النتائج التي لا معطى فيها
front-family = العائلة
front-practices-studied = ممارسات دُرست
front-domains-missing = مجالات بلا معطى
front-of = { $count } من { $total }
front-missing-all = من المجالات وعددها { $count } له معطى
front-missing-none = لكل مجال معطى
front-could-do = ما الذي يمكن لمؤسسة أن تفعله
front-could-measure = أن تسأل العملاء أنفسهم عن الدَّين والضغط والطعام ونصيبهم في القرار قبل التغيير وبعده، لا عن الربح والسداد فقط.
front-could-compare = عندما تُدخل ممارسة خطوة خطوة، أن تدع القرعة تقرر أي فرع أو مجموعة تبدأ: فالبقية مقارنة عادلة.
front-could-send = أن ترسل التقدير مع خطئه المعياري، أيًّا كان اتجاهه. فانعدام الفرق، أو الضرر، يملأ خانة كما يملؤها النجاح.

field-practice-name = اسم الممارسة.
field-cell-syntheses = عدد التوليفات في الخانة؛ 0 حيث لم يدرسها أحد.
field-cell-synthesis = معرّف التوليف الأول: الممارسة، المقارنة، النتيجة، الأثر المقدَّر.
field-cell-randomised = هل قررت القرعة في كل دراسة مجمّعة.
field-cell-studies = الدراسات المجمّعة في التوليف الأول.
field-cell-people = الأشخاص فيها؛ فارغ إذا لم تذكر ذلك أي دراسة.
field-cell-estimate = متوسط الأثر، بالوحدة.
field-cell-ci-low = الحد الأدنى لفترة 95 %.
field-cell-ci-high = الحد الأعلى لفترة 95 %.
field-cell-smd = متوسط الأثر بالانحراف المعياري لمجموعة المقارنة.
field-cell-reading = ما الذي يقوله: clearly-better أو leans-better أو little-or-none أو cannot-tell أو leans-worse أو clearly-worse أو higher أو lower.
field-cell-size = small أو medium أو large؛ فارغ إذا تعذرت المقارنة.
field-cell-certainty = high أو moderate أو low أو very-low أو not-rated.
field-cell-chance-better = احتمال أن يكون متوسط الأثر نفعًا.
field-cell-chance-harm = احتمال أن يكون أسوأ بأكثر من 0.05 SD (ومن دون SD: أسوأ بأي قدر).
field-cell-harms = توليفات تُظهر ضررًا بالعملاء.
field-cell-lender-losses = توليفات تُظهر خسارة للمُقرِض.
field-cell-scale-doubts = دراسات التوليف الأول المشكوك في وحدتها.
field-rank-ranked = هل يقوم ما يكفي من الوزن على أدلة.
field-rank-value = متوسط القيمة للعملاء، SD.
field-rank-expected = متوسط الرتبة، 1 هي الأفضل.
field-rank-low = مئين 5 % للرتبة.
field-rank-high = مئين 95 % للرتبة.
field-rank-best = احتمال الرتبة 1.
field-rank-top3 = احتمال الرتبة 1 أو 2 أو 3.
field-rank-share = حصة الوزن القائم على أدلة، من 0 إلى 1.
field-rank-complete = هل دُرس نفع وضرر ونتيجة للمُقرِض.
